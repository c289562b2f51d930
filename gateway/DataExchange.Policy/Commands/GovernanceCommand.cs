using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Commands;

/// <summary>
/// What somebody wants to happen to a register: a command becomes one event or a refusal. One event, because an entry of the log commits
/// whole or not at all; where a command has several effects, they are what the fold makes of that event.
/// </summary>
public abstract record GovernanceCommand
{
    /// <summary>Who gives it.</summary>
    public Party By { get; init; } = Party.Nobody;

    /// <summary>The person it is about, under whose key the event is sealed; default for a command about none.</summary>
    public SubjectHandle Subject { get; init; }

    /// <summary>The version that the thing must still have (<c>If-Match</c>); null for any.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Pure: what the command comes to under these rules at this moment. The caller commits the event under the rules it was decided under.</summary>
    public abstract CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now);

    /// <summary>The version of what the command changes: the index of the newest governance entry about it; null for a thing that is not there yet.</summary>
    public virtual long? VersionIn(RegionSnapshot rules) => null;
}
