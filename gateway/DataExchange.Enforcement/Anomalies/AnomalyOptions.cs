namespace DataExchange.Enforcement.Anomalies;

/// <summary>Section <c>Anomalies</c>.</summary>
public sealed class AnomalyOptions
{
    public const string Section = "Anomalies";

    /// <summary>
    /// Who is of whose household or a colleague of whom, as the departments declare it; see OPERATIONS.md for its form. Read at start.
    /// Empty: no source of relations, and the rule <c>own-relation</c> finds nothing.
    /// </summary>
    public string RelationsFile { get; set; } = "";
}
