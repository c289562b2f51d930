using DataExchange.Policy.Model;

namespace DataExchange.Policy.Matters;

/// <summary>
/// A revision of a matter (事项): "one thing" that a person comes to a desk for, with everything that has to be known for it. A case is
/// one person's matter; it stays with the revision that it was opened under.
/// </summary>
public sealed record Matter
{
    public required string Code { get; init; }
    public required int Revision { get; init; }
    public required LocalizedText Names { get; init; }
    /// <summary>The public service it belongs to.</summary>
    public required string Service { get; init; }
    /// <summary>Client ids of the desks that may open it. Without any the matter is withdrawn: cases that are open go on.</summary>
    public required IReadOnlyList<string> Desks { get; init; }
    /// <summary>What has to be known, from whom.</summary>
    public required IReadOnlyList<MatterNeed> Needs { get; init; }
    /// <summary>Where in the form the fields go.</summary>
    public required IReadOnlyList<FormPosition> Form { get; init; }
    /// <summary>How long a case may stay open, in days.</summary>
    public required int OpenDays { get; init; }
    /// <summary>How long the desk may keep what a case brought, in days after its end; no longer than the purposes of the needs allow.</summary>
    public required int RetentionDays { get; init; }

    public MatterNeed? FindNeed(string code) => Needs.FirstOrDefault(need => need.Code == code);
}
