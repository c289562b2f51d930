namespace DataExchange.Policy.Anomalies;

/// <summary>A rule's threshold is exceeded: what was compared, and which entries it rests on.</summary>
/// <param name="Rule">One of <see cref="AnomalyRuleCodes"/>.</param>
/// <param name="Version">Version of the rule's formula.</param>
/// <param name="Action">What follows.</param>
/// <param name="Observed">The figure of the official.</param>
/// <param name="Threshold">The figure that was allowed.</param>
/// <param name="Figures">Whatever else went into it, by name.</param>
/// <param name="UntilMs">When the window ends that was counted in, milliseconds since the Unix epoch.</param>
/// <param name="Entries">Indexes in the access log, oldest first, as many as are remembered; without the attempt itself, which is not logged yet.</param>
/// <param name="IsNew">False when this rule has found this official in this window before.</param>
public sealed record AnomalySignal(
    string Rule, int Version, AnomalyAction Action, long Observed, long Threshold, IReadOnlyDictionary<string, long> Figures, long UntilMs, IReadOnlyList<long> Entries, bool IsNew);
