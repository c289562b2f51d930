using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.DevelopmentAuthority;

/// <summary>Someone the development authority knows.</summary>
/// <param name="Name">Client id or user name.</param>
/// <param name="Role">One of <see cref="Roles"/>; null for a public client, which gets no token for itself.</param>
/// <param name="Client">For a user: the client to sign in at. For a client: itself.</param>
/// <param name="Subject">For a citizen: who that is.</param>
public sealed record DevelopmentAccount(string Name, string? Role, string Client, SubjectRef? Subject = null)
{
    /// <summary>A public client, without a secret, at which users sign in who act for no department.</summary>
    public const string Desk = "demo-desk";

    /// <summary>Members of the demo region whose only registered client is a public one for their stewards.</summary>
    private static readonly string[] Providers =
        ["public-security", "civil-affairs", "human-resources", "natural-resources", "market-regulation", "education", "data-bureau"];

    /// <summary>Clients by client id.</summary>
    public static readonly IReadOnlyDictionary<string, DevelopmentAccount> Clients = ByName(
    [
        new("housing-authority", Roles.DepartmentSystem, "housing-authority"),
        new("service-centre", Roles.DepartmentSystem, "service-centre"),
        new(Desk, null, Desk),
        .. Providers.Select(member => new DevelopmentAccount(member + "-steward", null, member + "-steward")),
    ]);

    /// <summary>
    /// Demo users by name. A citizen may also sign in by the number of any demo person: <c>citizen-11010519491231002X</c>.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, DevelopmentAccount> Users = ByName(
    [
        new("citizen", Roles.Citizen, Desk, new("cn-resident-id", "11010519491231002X")),
        new("clerk", Roles.DeskClerk, "service-centre"),
        new("housing-clerk", Roles.DeskClerk, "housing-authority"),
        new("steward", Roles.Steward, "housing-authority"),
        new("reviewer", Roles.Reviewer, Desk),
        new("operator", Roles.Operator, Desk),
        new("housing-authority-steward", Roles.Steward, "housing-authority"),
        new("service-centre-steward", Roles.Steward, "service-centre"),
        .. Providers.Select(member => new DevelopmentAccount(member + "-steward", Roles.Steward, member + "-steward")),
    ]);

    private const string AnyCitizen = "citizen-";

    public static DevelopmentAccount? FindUser(string? name) => name switch
    {
        null => null,
        _ when name.StartsWith(AnyCitizen, StringComparison.Ordinal) && name.Length == AnyCitizen.Length + 18 =>
            new(name, Roles.Citizen, Desk, new("cn-resident-id", name[AnyCitizen.Length..])),
        _ => Users.GetValueOrDefault(name),
    };

    private static Dictionary<string, DevelopmentAccount> ByName(params DevelopmentAccount[] accounts) => accounts.ToDictionary(account => account.Name);
}
