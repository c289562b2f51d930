using System.Text.Json;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>A small region: the police provide, housing consumes.</summary>
internal static class TestRegion
{
    public const string Name = "test.example";
    public const string Housing = "housing";
    public const string HousingClient = "housing-system";
    public const string Police = "police";
    public const string Rental = "rental";

    /// <summary>Query and batch; every transform; a field that needs consent, and one that is granted to nobody.</summary>
    public const string Residence = "police/residence";

    /// <summary>Query only, twice in a window that ends in December 2053: no turn of it falls into a test.</summary>
    public const string Limited = "police/limited";

    /// <summary>42 years: windows begin at multiples of it since 1970, so the present one began in December 2011.</summary>
    public const int QuotaSeconds = 42 * 365 * 86_400;

    public const string PhoneNotice = "rental-phone";

    public static readonly SubjectRef ZhangSan = new("cn-resident-id", "11010519491231002X");
    public static readonly SubjectRef LiSi = new("cn-resident-id", "110101199003070134");

    /// <summary>The consumer's system, as the rules know it.</summary>
    public static readonly Party HousingSystem = new() { Member = Housing, ClientId = HousingClient, Roles = [Roles.DepartmentSystem] };

    /// <summary>A person in person.</summary>
    public static Party Self(SubjectHandle subject) => new() { ClientId = "citizen-app", Roles = [Roles.Citizen], Self = subject };

    public static FoundingDocument Founding() => new()
    {
        Region = Name,
        Names = Text("Test"),
        Founded = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Members = [Member(Housing, HousingClient), Member(Police, "police-system") with { DataAuthority = true }],
        Purposes =
        [
            new Purpose
            {
                Code = Rental,
                Names = Text("Renting"),
                Service = "renting",
                RetentionDays = 30,
                Limits = new Dictionary<string, IReadOnlyList<string>>
                {
                    [Residence] = ["name", "address", "idcard", "born", "income", "rate", "married", "phone"],
                    [Limited] = ["name"],
                },
            },
        ],
        Datasets =
        [
            Dataset(Residence,
                Field("name", FieldType.String, FieldTransform.Full),
                Field("address", FieldType.String, FieldTransform.Full) with { MaxLength = 20 },
                Field("idcard", FieldType.String, FieldTransform.Mask),
                Field("born", FieldType.Date, FieldTransform.YearOnly),
                Field("income", FieldType.Integer, FieldTransform.Range) with { Nullable = true },
                Field("rate", FieldType.Number, FieldTransform.Full),
                Field("married", FieldType.Boolean, FieldTransform.Boolean),
                Field("phone", FieldType.String, FieldTransform.Full),
                Field("secret", FieldType.String, FieldTransform.Full)),
            Dataset(Limited, Field("name", FieldType.String, FieldTransform.Full)),
        ],
        Notices =
        [
            new ConsentNotice
            {
                Code = PhoneNotice,
                Revision = 1,
                Purpose = Rental,
                Dataset = Residence,
                Recipient = Housing,
                Fields = ["phone"],
                Texts = Text("May we have your number?"),
            },
        ],
        Agreements =
        [
            Signed(Agreement("residence-1", Residence, ExchangeMode.QueryAndBatch,
                Granted("name", FieldTransform.Full),
                Granted("address", FieldTransform.Full),
                Granted("idcard", FieldTransform.Mask),
                Granted("born", FieldTransform.YearOnly),
                Granted("income", FieldTransform.Range) with { RangeWidth = 5000 },
                Granted("rate", FieldTransform.Full),
                Granted("married", FieldTransform.Boolean),
                new GrantedField { Name = "phone", Transform = FieldTransform.Full, Basis = LegalBasis.Consent })),
            Signed(Agreement("limited-1", Limited, ExchangeMode.Query, Granted("name", FieldTransform.Full)) with { Quota = new Quota(2, QuotaSeconds) }),
        ],
    };

    private static LocalizedText Text(string english) => new() { ["en"] = english };

    private static Member Member(string code, string client) => new()
    {
        Code = code,
        Names = Text(code),
        Keys = JsonElement.Parse("""{"keys":[]}"""),
        Clients = [new ClientRegistration(client)],
    };

    private static Dataset Dataset(string code, params DatasetField[] fields) => new()
    {
        Code = code,
        Revision = 1,
        Names = Text(code),
        SubjectScheme = ZhangSan.Scheme,
        Fields = fields,
        Format = "json",
        UpdateFrequency = "daily",
        ShareClass = ShareClass.Conditional,
        Conditions = "by agreement",
        Classification = "internal",
    };

    private static DatasetField Field(string name, FieldType type, params FieldTransform[] transforms) =>
        new() { Name = name, Type = type, Category = "dpv-pd:Name", Transforms = transforms };

    private static GrantedField Granted(string name, FieldTransform transform) =>
        new() { Name = name, Transform = transform, Basis = LegalBasis.StatutoryDuty, Citation = "Housing Act, art. 3" };

    private static SignedAgreement Signed(SharingAgreement agreement) => new() { Agreement = agreement, Approvals = [] };

    private static SharingAgreement Agreement(string id, string dataset, ExchangeMode mode, params GrantedField[] fields) => new()
    {
        Id = id,
        Revision = 1,
        Consumer = Housing,
        Provider = Police,
        Dataset = dataset,
        DatasetRevision = 1,
        Basis = "test",
        Scenario = "test",
        Mode = mode,
        ValidFrom = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ValidTo = new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Grants = [new Grant { Purpose = Rental, Fields = fields, Obligations = [] }],
        Clients = [HousingClient],
    };
}
