using System.Diagnostics.CodeAnalysis;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>A decision with everything that it was made from: what is logged, and what can be decided again.</summary>
internal sealed record Judgement
{
    /// <summary>The subject's number; the rules see only its token.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>What the rules were asked.</summary>
    public required ExchangeRequest Request { get; init; }

    /// <summary>What the rules say. What may be shown of it is <see cref="Seen"/>.</summary>
    public required Decision Decision
    {
        get;
        init => (field, Seen) = (value, value.ForCaller());
    }

    /// <summary>The revision that the record follows: the one that the agreement was signed over; when denied, the published one. Null when the rules know none.</summary>
    public required Dataset? Dataset { get; init; }

    /// <summary>Size of the governance log decided under.</summary>
    public required long Governance { get; init; }

    /// <summary>When, in milliseconds since the Unix epoch.</summary>
    public required long TimeMs { get; init; }

    /// <summary>When the quota's window ends; only where a quota was the reason.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Deny is the zero value: only a decision that says otherwise, names what may leave and on whose agreement, permits.</summary>
    [MemberNotNullWhen(true, nameof(Dataset))]
    public bool Permits =>
        Decision.Outcome is DecisionOutcome.Permit or DecisionOutcome.Partial
        && Decision is { Permitted.Count: > 0, Agreement: not null, Consumer: not null, Problem: null }
        && Dataset is not null;

    /// <summary>
    /// Whether the provider is asked: where it <see cref="Permits"/>, and where a protective hold alone keeps it from doing so. Then the answer
    /// is thrown away unread: whoever asks, or watches the log, meets the same steps in the same time as about anybody else.
    /// </summary>
    [MemberNotNullWhen(true, nameof(Dataset))]
    public bool Asks => Permits || (Decision.Hold is not null && Seen is { Outcome: not DecisionOutcome.Deny, Permitted.Count: > 0, Agreement: not null, Consumer: not null } && Dataset is not null);

    /// <summary>What callers and providers may see of the decision.</summary>
    public Decision Seen { get; private init; } = null!;

    /// <summary>The code that metrics count: of what is seen.</summary>
    public string Code => !Asks ? Problem.Code : Seen.Outcome == DecisionOutcome.Partial ? "partial" : "permit";

    /// <summary>The problem to answer with when <see cref="Asks"/> is false.</summary>
    public ProblemSlug Problem => Seen.Problem ?? ProblemSlugs.InternalError;
}
