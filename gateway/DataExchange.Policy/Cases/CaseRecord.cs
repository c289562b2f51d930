using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Cases;

/// <summary>One person's matter at one desk.</summary>
public sealed record CaseRecord : PersonalRecord
{
    /// <summary>Code of the matter.</summary>
    public required string Matter { get; init; }
    /// <summary>The revision that the case was opened under, and stays with.</summary>
    public required int MatterRevision { get; init; }
    public required CaseState State { get; init; }
    /// <summary>Client id of the desk.</summary>
    public required string Desk { get; init; }
    /// <summary>Member code of the department that the desk belongs to.</summary>
    public required string Department { get; init; }
    /// <summary>The clerk who opened it; null when the person did so online.</summary>
    public string? OpenedBy { get; init; }
    public required DateTimeOffset Opened { get; init; }
    /// <summary>When it expires, unless it has ended before.</summary>
    public required DateTimeOffset Expires { get; init; }
    /// <summary>What was answered so far, the newest answer of each need.</summary>
    public required IReadOnlyList<NeedResult> Results { get; init; }
    /// <summary>Who completed or cancelled it; null before, and when the person did.</summary>
    public string? EndedBy { get; init; }
    public DateTimeOffset? Ended { get; init; }
    /// <summary>Documents that the person did not have to carry; null until completed.</summary>
    public int? DocumentsSpared { get; init; }
    /// <summary>Counters that the person did not have to visit; null until completed.</summary>
    public int? CountersSpared { get; init; }

    /// <summary>The state at a moment: time alone ends a case.</summary>
    public CaseState StateAt(DateTimeOffset now) => State is CaseState.Open or CaseState.Ready && Expires <= now ? CaseState.Expired : State;

    /// <summary>Whether records may be asked for in it.</summary>
    public bool IsOpenAt(DateTimeOffset now) => StateAt(now) is CaseState.Open or CaseState.Ready;

    public NeedResult? ResultOf(string need) => Results.FirstOrDefault(result => result.Need == need);
}
