using DataExchange.Policy.Model;

namespace DataExchange.Policy.Commands;

/// <summary>Who gives a command, as the token says and the rules know them. The zero value is nobody, and may do nothing.</summary>
public sealed record Party
{
    /// <summary>Acts for no member, has no role and is no person.</summary>
    public static readonly Party Nobody = new() { ClientId = "", Roles = [] };

    /// <summary>The gateway itself, in what no caller can ask for.</summary>
    public static readonly Party Gateway = new() { ClientId = "", Roles = [] };

    /// <summary>The member that the client is registered to; null for one that acts for none.</summary>
    public string? Member { get; init; }

    /// <summary>The token's client id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user behind it, where there is one.</summary>
    public string? UserId { get; init; }

    /// <summary>Values of <see cref="Model.Roles"/>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The person that the token speaks for; default for everyone but a citizen.</summary>
    public SubjectHandle Self { get; init; }

    /// <summary>Who answers for it: the user, or the client where no user is behind it.</summary>
    public string Name => UserId ?? ClientId;

    /// <summary>Whether the token carries the role.</summary>
    public bool Is(string role) => Roles.Contains(role);
}
