using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Bench.Decide;

/// <summary>
/// 100 members, each with an agreement over each of 100 datasets of 20 fields: half of them on a statutory duty, half on consent. 250,000
/// people with four consents each, to ten fields. Made event by event, as a start does.
/// </summary>
internal sealed class SyntheticRegion
{
    private const int Members = 100;
    private const int Datasets = 100;
    private const int ConsentsEach = 4;
    private const string Purpose = "service";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Fields = [.. Enumerable.Range(0, 20).Select(number => string.Create(CultureInfo.InvariantCulture, $"field{number}"))];

    /// <summary>Each gives four consents.</summary>
    public static int People { get; set; } = 250_000;

    public RegionSnapshot Rules { get; private set; } = RegionSnapshot.Empty;

    /// <summary>Everything but what people said.</summary>
    public void Found()
    {
        for (var member = 0; member < Members; member++)
        {
            Apply(new MemberAdmitted(new Member { Code = Member(member), Names = [], Keys = JsonElement.Parse("""{"keys":[]}"""), Clients = [new(Client(member))] }));
        }

        Apply(new PurposeRegistered(new Purpose
        {
            Code = Purpose, Names = [], Service = Purpose, Limits = Enumerable.Range(0, Datasets).ToDictionary(Dataset, _ => (IReadOnlyList<string>)Fields), RetentionDays = 30,
        }));
        for (var dataset = 0; dataset < Datasets; dataset++)
        {
            Apply(new DatasetPublished(Describe(dataset)));
            for (var member = 0; member < Members; member++)
            {
                Apply(new NoticePublished(Notice(member, dataset)));
                Apply(new AgreementActivated(new SignedAgreement { Agreement = Agree(member, dataset), Approvals = [] }));
            }
        }
    }

    /// <summary>What people said: a million consents.</summary>
    public void Consent()
    {
        for (var person = 0; person < People; person++)
        {
            for (var number = 0; number < ConsentsEach; number++)
            {
                var (member, dataset) = Use(person, number);
                var notice = Rules.FindNotice(NoticeCode(member, dataset))!;
                Apply(new PersonalChanged(LeafKinds.ConsentGiven, new ConsentRecord
                {
                    Id = ((person * ConsentsEach) + number).ToString("x32", CultureInfo.InvariantCulture),
                    Subject = Person(person),
                    Notice = notice.Code,
                    NoticeRevision = notice.Revision,
                    NoticeHash = notice.HashOf("zh")!,
                    Language = "zh",
                    Purpose = Purpose,
                    Dataset = notice.Dataset,
                    Recipient = notice.Recipient,
                    Fields = Fields[10..],
                    Kind = ConsentKind.General,
                    State = ConsentState.Given,
                    ValidFrom = Now.AddDays(-1),
                    ValidTo = Now.AddDays(1),
                    ExpressedBy = ExpressedBy.Self,
                }));
            }
        }
    }

    /// <summary>A request for all 20 fields that one of the consents permits. Its texts are its own, as those of a request off the wire are.</summary>
    public static ExchangeRequest Request(int number)
    {
        var person = (int)((uint)number * 2654435761u % (uint)People);
        var (member, dataset) = Use(person, number % ConsentsEach);
        return new ExchangeRequest
        {
            Actor = new Actor { ClientId = Client(member), Roles = ["department-system"] },
            Subject = Person(person),
            SubjectScheme = "cn-resident-id",
            BirthDate = new DateOnly(1980, 1, 1),
            Dataset = Dataset(dataset),
            Purpose = new string(Purpose),
            Fields = [.. Fields.Select(field => new string(field.AsSpan()))],
            Mode = ExchangeMode.Query,
        };
    }

    private void Apply(GovernanceEvent @event) => Rules = Rules.Apply(@event, Rules.GovernanceSize, Now);

    private static (int Member, int Dataset) Use(int person, int number) => (((person * 7) + (number * 31)) % Members, (person + (number * 13)) % Datasets);

    private static Dataset Describe(int dataset) => new()
    {
        Code = Dataset(dataset),
        Revision = 1,
        Names = [],
        SubjectScheme = "cn-resident-id",
        Fields = [.. Fields.Select(field => new DatasetField { Name = field, Type = FieldType.String, Category = "dpv-pd:Name", Transforms = [FieldTransform.Full] })],
        Format = "json",
        UpdateFrequency = "daily",
        ShareClass = ShareClass.Conditional,
        Classification = "personal",
    };

    private static ConsentNotice Notice(int member, int dataset) => new()
    {
        Code = NoticeCode(member, dataset), Revision = 1, Purpose = Purpose, Dataset = Dataset(dataset), Recipient = Member(member), Fields = Fields,
        Texts = new LocalizedText { ["zh"] = "请您同意。", ["en"] = "We ask you." },
    };

    private static SharingAgreement Agree(int member, int dataset) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"agreement-{member}-{dataset}"),
        Revision = 1,
        Consumer = Member(member),
        Provider = "provider",
        Dataset = Dataset(dataset),
        DatasetRevision = 1,
        Basis = "Order 809",
        Scenario = "Service",
        Mode = ExchangeMode.QueryAndBatch,
        ValidFrom = Now.AddDays(-30),
        ValidTo = Now.AddDays(30),
        Grants =
        [
            new Grant
            {
                Purpose = Purpose,
                Fields = [.. Fields.Select((field, at) => at < 10
                    ? new GrantedField { Name = field, Transform = FieldTransform.Full, Basis = LegalBasis.StatutoryDuty, Citation = "Act, art. 1" }
                    : new GrantedField { Name = field, Transform = FieldTransform.Full, Basis = LegalBasis.Consent })],
                Obligations = ["delete-after-use"],
            },
        ],
        Clients = [Client(member)],
    };

    private static string Member(int number) => string.Create(CultureInfo.InvariantCulture, $"member-{number}");

    private static string Client(int number) => string.Create(CultureInfo.InvariantCulture, $"client-{number}");

    private static string Dataset(int number) => string.Create(CultureInfo.InvariantCulture, $"provider/dataset-{number}");

    private static string NoticeCode(int member, int dataset) => string.Create(CultureInfo.InvariantCulture, $"notice-{member}-{dataset}");

    private static SubjectHandle Person(int number) => new(number.ToString("x64", CultureInfo.InvariantCulture));
}
