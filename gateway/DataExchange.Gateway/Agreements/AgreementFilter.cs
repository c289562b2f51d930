using System.ComponentModel;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Agreements;

/// <summary>Which agreements a list shows: those that meet everything that is named.</summary>
internal sealed record AgreementFilter
{
    public const int MaxLimit = 500;

    [Description("Member code of the consumer.")]
    public string? Consumer { get; init; }

    [Description("Member code of the provider.")]
    public string? Provider { get; init; }

    [Description("`{provider}/{dataset}`.")]
    public string? Dataset { get; init; }

    [Description("State of the revision in force or of the one that is being agreed on, for instance `submitted`.")]
    public string? State { get; init; }

    [Description("Member code of a department whose step is next: its inbox.")]
    public string? Awaits { get; init; }

    [Description("Whether a clock is overdue.")]
    public bool? Overdue { get; init; }

    [Description("Id after which the list goes on: the last one of the page before.")]
    public string? After { get; init; }

    [Description("How many at most, 1 to 500; 100 where nothing is said.")]
    public int? Limit { get; init; }

    /// <summary>Why it cannot be applied; null when it can.</summary>
    public string? Fault() => Limit is < 1 or > MaxLimit ? $"limit is 1 to {MaxLimit}." : null;

    /// <summary>What it lets through, by id.</summary>
    public IEnumerable<AgreementRecord> Apply(RegionSnapshot rules, DateTimeOffset now) => rules.Agreements.Records
        .Where(record => After is null || string.CompareOrdinal(record.Id, After) > 0)
        .Where(record => Matches(record, rules, now))
        .OrderBy(record => record.Id, StringComparer.Ordinal)
        .Take(Limit ?? 100);

    private bool Matches(AgreementRecord record, RegionSnapshot rules, DateTimeOffset now)
    {
        var agreement = record.Leading.Agreement;
        AgreementEntry[] revisions = [.. new[] { record.Current, record.Pending }.OfType<AgreementEntry>()];
        return (Consumer is null || agreement.Consumer == Consumer)
            && (Provider is null || agreement.Provider == Provider)
            && (Dataset is null || agreement.Dataset == Dataset)
            && (State is null || revisions.Any(revision => AgreementViews.NameOf(revision.StateAt(now)) == State))
            && (Awaits is null || revisions.Any(revision => AgreementStanding.Awaits(revision, rules, now).Contains(Awaits)))
            && (Overdue is null || Overdue == revisions.Any(revision => revision.Clock?.IsOverdue(AgreementClocks.CalendarOf(rules), now) is true));
    }
}
