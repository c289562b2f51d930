using System.Text.Json.Serialization;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.BreakGlass;

/// <summary>One official may, for some minutes and about one person, go without case, quota and consent; and answers for it.</summary>
public sealed record BreakGlassRecord : PersonalRecord
{
    /// <summary>Longest time that a grant is open, in minutes.</summary>
    public const int MaxMinutes = 15;

    /// <summary>How long a grant waits for the second person.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromMinutes(MaxMinutes);

    /// <summary>A use without a second person is reviewed within this time.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(24);

    /// <summary>When the person is told, unless a review tells them before; a use that a second person approved is reviewed by then.</summary>
    public static readonly TimeSpan TellAfter = TimeSpan.FromHours(72);

    /// <summary>Member code of the department that the holder acts for.</summary>
    public required string Member { get; init; }

    /// <summary>The user who may use it, and nobody else.</summary>
    public required string Holder { get; init; }

    public required BreakGlassReason Reason { get; init; }

    /// <summary>The same in the holder's words.</summary>
    public required string Explanation { get; init; }

    /// <summary>How long it is open, 1 to <see cref="MaxMinutes"/>.</summary>
    public required int Minutes { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null until it is open.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Its end, exclusive; an early one where somebody ended it.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The second person, who approved or refused; null where there was none.</summary>
    public string? SecondPerson { get; init; }

    /// <summary>The reviewer whom it is assigned to.</summary>
    public string? Reviewer { get; init; }

    /// <summary>When the review was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The reviewer's reasons.</summary>
    public string? Finding { get; init; }

    /// <summary>As the newest event left it; <see cref="StateAt"/> knows of time.</summary>
    public required BreakGlassState State { get; init; }

    /// <summary>When the review is due; null for a grant that was never open.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReviewBy => OpenedAt + (SecondPerson is null ? ReviewWithin : TellAfter);

    /// <summary>Where it stands at a moment.</summary>
    public BreakGlassState StateAt(DateTimeOffset now) => State switch
    {
        BreakGlassState.Requested when RequestedAt + Waits <= now => BreakGlassState.Lapsed,
        BreakGlassState.Open when EndsAt <= now => BreakGlassState.Ended,
        _ => State,
    };

    /// <summary>It was open, and nobody has closed its review.</summary>
    public bool AwaitsReview(DateTimeOffset now) => StateAt(now) is BreakGlassState.Ended or BreakGlassState.UnderReview;

    /// <summary>The review should have been closed.</summary>
    public bool IsOverdue(DateTimeOffset now) => AwaitsReview(now) && ReviewBy <= now;

    /// <summary>Whether the person is told by now: after <see cref="TellAfter"/>, or with the review's end.</summary>
    public bool IsTold(DateTimeOffset now) => ClosedAt is not null || OpenedAt + TellAfter <= now;

    /// <summary>Whether it relaxes this request: open, about the very person, in the hands of its holder, for the holder's department.</summary>
    public bool Covers(ExchangeRequest request, string consumer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Subject == request.Subject && Member == consumer && Holder == request.Actor.UserId
            && State == BreakGlassState.Open && OpenedAt <= now && now < EndsAt;
    }
}
