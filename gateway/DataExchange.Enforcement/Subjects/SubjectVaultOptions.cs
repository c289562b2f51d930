namespace DataExchange.Enforcement.Subjects;

/// <summary>Where the vault keeps its key, and how many subjects it keeps at hand.</summary>
public sealed class SubjectVaultOptions
{
    /// <summary>The folder of <c>vault.key</c>; made when missing. Required.</summary>
    public string DataFolder { get; set; } = "";

    /// <summary>At most this many subjects stay in memory, about 2 KB each. Default 32,768; at least 2.</summary>
    public int CachedSubjects { get; set; } = 32_768;
}
