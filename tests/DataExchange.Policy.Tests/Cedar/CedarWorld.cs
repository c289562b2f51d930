using System.Text.Json;
using CsCheck;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Tests.Cedar;

/// <summary>A region and requests to it, made from a number: the same number makes the same world. Most things are in order, and every fault there is occurs.</summary>
internal sealed class CedarWorld
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] FieldNames = ["name", "birthDate", "income", "health", "married", "weight"];
    private static readonly string[] Thumbprints = [new('A', 43), new('B', 43)];
    private static readonly FieldTransform[] Transforms = [FieldTransform.Full, FieldTransform.Mask, FieldTransform.YearOnly];
    private static readonly string[] MemberCodes = ["registry", "housing", "welfare"];
    private static readonly string[] PurposeCodes = ["rental", "relief", "school"];

    private readonly PCG _random;

    public CedarWorld(uint number)
    {
        _random = new PCG(number, 20260301);
        Members = [.. MemberCodes.Select(MakeMember)];
        Datasets = [.. Enumerable.Range(0, 2).Select(i => MakeDataset($"registry/d{i}", i == 1 && Chance(15)))];
        Purposes = [.. PurposeCodes.Select(MakePurpose)];
        Notices = [.. Datasets.SelectMany(dataset => PurposeCodes.Take(2), MakeNotice)];
        Agreements = [.. MakeAgreements()];
        Consents = [.. Enumerable.Range(0, (int)_random.Next(24)).Select(MakeConsent)];
        Mandates = [.. Enumerable.Range(0, 3).Select(MakeMandate)];
        Restricted = [.. Persons.Where(_ => Chance(8))];
        Rules = Fold();
    }

    public static IReadOnlyList<SubjectHandle> Persons { get; } = [.. "abc".Select(digit => new SubjectHandle(new string(digit, 64)))];

    public IReadOnlyList<Member> Members { get; }

    public IReadOnlyList<Dataset> Datasets { get; }

    public IReadOnlyList<Purpose> Purposes { get; }

    public IReadOnlyList<ConsentNotice> Notices { get; }

    public IReadOnlyList<AgreementEntry> Agreements { get; }

    public IReadOnlyList<ConsentRecord> Consents { get; }

    public IReadOnlyList<MandateRecord> Mandates { get; }

    public IReadOnlyList<SubjectHandle> Restricted { get; }

    /// <summary>The same, as the events of a governance log make it.</summary>
    public RegionSnapshot Rules { get; }

    /// <summary>A request that some agreement was made for, with a fault here and there.</summary>
    public ExchangeRequest NextRequest()
    {
        var agreement = Pick(Agreements).Agreement;
        var grant = Pick(agreement.Grants);
        var client = Rarely(6, Pick(Members).Clients.Select(c => c.ClientId).Append("nobody").ToArray(), Pick(agreement.Clients));
        var person = Pick(Persons);
        var thumbprint = Members.SelectMany(m => m.Clients).FirstOrDefault(c => c.ClientId == client)?.CertificateThumbprint;
        var bound = Rarely(6, [Thumbprints[0], Thumbprints[1], null], thumbprint);
        var fields = grant.Fields.Select(f => f.Name).Where(_ => Chance(35)).ToList();
        if (fields.Count == 0 || Chance(5))
        {
            fields = [.. fields.Append(Pick(FieldNames)).Distinct()];
        }

        return new ExchangeRequest
        {
            Actor = new Actor
            {
                ClientId = client,
                Roles = Rarely(6, [["desk-clerk"], ["citizen"], ["desk-clerk", "department-system"], []], (string[])["department-system"]),
                BoundTo = bound,
                Presented = Rarely(6, [Thumbprints[0], null], bound),
            },
            Subject = person,
            SubjectScheme = Rarely(3, ["cn-unified-social-credit"], "cn-resident-id"),
            BirthDate = Rarely<DateOnly?>(15, [null, new DateOnly(2012, 3, 1), new DateOnly(2012, 3, 2), new DateOnly(2020, 5, 5)], new DateOnly(1980, 1, 1)),
            Dataset = Rarely(5, [Datasets[0].Code, Datasets[1].Code, "registry/nothing"], agreement.Dataset),
            Purpose = Rarely(5, [.. PurposeCodes, "none"], grant.Purpose),
            Fields = Chance(3) ? [.. fields, "shoeSize"] : fields,
            Mode = Rarely(10, [ExchangeMode.Query, ExchangeMode.Batch], agreement.Mode == ExchangeMode.Batch ? ExchangeMode.Batch : ExchangeMode.Query),
            Case = Chance(3) ? "case-1" : null,
            Mandate = Chance(10) ? Rarely(30, ["unknown", .. Mandates.Select(m => m.Id)], Mandates.FirstOrDefault(m => m.Subject == person)?.Id) : null,
            BreakGlass = Chance(3) ? "glass-1" : null,
            QuotaUsed = (int)_random.Next(12),
        };
    }

    private Member MakeMember(string code) => new()
    {
        Code = code,
        Names = [],
        Keys = JsonElement.Parse("""{"keys":[]}"""),
        Clients = [new($"{code}-1"), new($"{code}-2", Chance(50) ? Thumbprints[0] : null)],
    };

    private Dataset MakeDataset(string code, bool prohibited) => new()
    {
        Code = code,
        Revision = 1 + (int)_random.Next(3),
        Names = [],
        SubjectScheme = "cn-resident-id",
        Fields = [.. FieldNames.Where(_ => Chance(96)).Select(name => new DatasetField
        {
            Name = name, Type = FieldType.String, Category = "dpv-pd:Name", Sensitive = name == "health" || Chance(5), Transforms = [.. Transforms.Where(_ => Chance(96))],
        })],
        Format = "json",
        UpdateFrequency = "daily",
        ShareClass = prohibited ? ShareClass.Prohibited : ShareClass.Conditional,
        Classification = "personal",
    };

    private Purpose MakePurpose(string code) => new()
    {
        Code = code,
        Names = [],
        Service = code,
        Limits = Datasets.Where(_ => Chance(97)).ToDictionary(d => d.Code, d => (IReadOnlyList<string>)[.. FieldNames.Where(_ => Chance(97))]),
        RetentionDays = 30,
    };

    private ConsentNotice MakeNotice(Dataset dataset, string purpose) => new()
    {
        Code = $"{dataset.Code[^2..]}-{purpose}",
        Revision = 1 + (int)_random.Next(2),
        Purpose = purpose,
        Dataset = dataset.Code,
        Recipient = "housing",
        Fields = FieldNames,
        Texts = new LocalizedText { ["zh"] = $"文{_random.Next(2)}", ["en"] = "We ask you." },
    };

    /// <summary>For each consumer and dataset one or two agreements that share no purpose: of two that do, Decide relies on the first alone.</summary>
    private IEnumerable<AgreementEntry> MakeAgreements()
    {
        foreach (var (consumer, dataset) in from member in Members.Skip(1) from dataset in Datasets select (member, dataset))
        {
            var purposes = PurposeCodes.ToList();
            for (var i = 0; i < 2; i++)
            {
                string[] granted = [.. purposes.Where(_ => Chance(60))];
                purposes.RemoveAll(granted.Contains);
                if (granted.Length > 0)
                {
                    yield return new AgreementEntry(MakeAgreement($"{consumer.Code}-{dataset.Code[^2..]}-{i}", consumer, dataset, granted), Rarely(8, [AgreementState.Suspended], AgreementState.Active));
                }
            }
        }
    }

    private SharingAgreement MakeAgreement(string id, Member consumer, Dataset dataset, string[] purposes) => new()
    {
        Id = id,
        Revision = 1,
        Consumer = consumer.Code,
        Provider = "registry",
        Dataset = dataset.Code,
        DatasetRevision = Rarely(5, [dataset.Revision + 1], dataset.Revision),
        Basis = "Order 809",
        Scenario = id,
        Mode = Pick([ExchangeMode.Query, ExchangeMode.QueryAndBatch, ExchangeMode.Batch]),
        ValidFrom = Rarely(5, [Now.AddMilliseconds(1)], Rarely(10, [Now], Now.AddDays(-90))),
        ValidTo = Rarely(5, [Now], Rarely(10, [Now.AddMilliseconds(1)], Now.AddDays(90))),
        Grants = [.. purposes.Select(MakeGrant)],
        Clients = [.. consumer.Clients.Select(c => c.ClientId).Where((_, i) => i == 0 || Chance(70))],
        Quota = Chance(30) ? new Quota(8, 60) : null,
    };

    private Grant MakeGrant(string purpose) => new()
    {
        Purpose = purpose,
        Fields = [.. FieldNames.Where((_, i) => i == 0 || Chance(70)).Select(MakeGrantedField)],
        CaseRequired = Chance(3),
        Obligations = Rarely(4, [["delete-after-use", "sing-a-song"]], (string[])["no-onward-transfer"]),
    };

    private GrantedField MakeGrantedField(string name)
    {
        var basis = Rarely(1, [LegalBasis.None], Pick([LegalBasis.StatutoryDuty, LegalBasis.StatutoryDuty, LegalBasis.Consent]));
        return new GrantedField
        {
            Name = name,
            Transform = Rarely(1, [FieldTransform.None], Pick(Transforms)),
            Basis = basis,
            Citation = basis == LegalBasis.Consent || Chance(1) ? null : "Act, art. 1",
            SeparateConsent = Chance(5),
        };
    }

    private ConsentRecord MakeConsent(int number)
    {
        var notice = Pick(Notices);
        var revision = Rarely(15, [notice.Revision - 1], notice.Revision);
        return new ConsentRecord
        {
            Id = $"c{number}",
            Subject = Pick(Persons),
            Notice = Rarely(3, ["unknown"], notice.Code),
            NoticeRevision = revision,
            NoticeHash = Rarely(5, ["other"], notice.HashOf("zh")!),
            Language = Rarely(5, ["fr"], "zh"),
            Purpose = notice.Purpose,
            Dataset = notice.Dataset,
            Recipient = Rarely(30, ["welfare"], "housing"),
            Fields = [.. FieldNames.Where((_, i) => i == 2 || Chance(75))],
            Kind = Pick([ConsentKind.General, ConsentKind.Separate, ConsentKind.Separate, ConsentKind.Written]),
            State = Rarely(25, Enum.GetValues<ConsentState>(), ConsentState.Given),
            ValidFrom = Rarely<DateTimeOffset?>(10, [null, Now.AddMilliseconds(1)], Now.AddDays(-1)),
            ValidTo = Rarely(10, [Now], Now.AddDays(1)),
            ExpressedBy = Pick([ExpressedBy.Self, ExpressedBy.Self, ExpressedBy.Guardian, ExpressedBy.Agent]),
        };
    }

    private MandateRecord MakeMandate(int number) => new()
    {
        Id = $"m{number}",
        Subject = Persons[number],
        Kind = MandateKind.Agent,
        Delegate = Pick(Persons),
        Confirmers = [],
        Needed = 0,
        Confirmed = [],
        Accepted = true,
        Themes = [.. PurposeCodes.Concat(Datasets.Select(d => d.Code)).Where((_, i) => i == 0 || Chance(50))],
        ValidFrom = Rarely(10, [Now.AddMilliseconds(1)], Now.AddDays(-1)),
        ValidTo = Rarely(10, [Now], Now.AddDays(1)),
        State = Rarely(20, Enum.GetValues<MandateState>(), MandateState.Active),
    };

    private RegionSnapshot Fold()
    {
        IEnumerable<GovernanceEvent> events =
        [
            .. Members.Select(member => new MemberAdmitted(member)),
            .. Purposes.Select(purpose => new PurposeRegistered(purpose)),
            .. Datasets.Select(dataset => new DatasetPublished(dataset)),
            .. Notices.Select(notice => new NoticePublished(notice)),
            .. Agreements.Select(entry => new AgreementActivated(new SignedAgreement { Agreement = entry.Agreement, Approvals = [] })),
            .. Agreements.Where(entry => entry.State == AgreementState.Suspended).Select(entry => new AgreementSuspended(entry.Agreement.Id, "Under review.")),
            .. Consents.Select(consent => new PersonalChanged(LeafKinds.ConsentGiven, consent)),
            .. Mandates.Select(mandate => new PersonalChanged(LeafKinds.MandateRequested, mandate)),
        ];
        return Restricted.Aggregate(Fixture.TestRegion.Fold(events), Fixture.TestRegion.Restrict);
    }

    private bool Chance(uint percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> values) => values[(int)_random.Next((uint)values.Count)];

    /// <summary>One of the others in so many of a hundred cases.</summary>
    private T Rarely<T>(uint percent, IReadOnlyList<T> others, T usual) => Chance(percent) ? Pick(others) : usual;
}
