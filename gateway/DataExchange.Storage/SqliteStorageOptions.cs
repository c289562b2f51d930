namespace DataExchange.Storage;

/// <summary>Settings of the embedded store.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// The folder that holds <c>exchange.db</c> (both logs and the state of the registers), <c>vault.db</c> (subjects) and
    /// <c>tiles.db</c> (derived, may be deleted while stopped). Made when missing, for its owner only. One process at a time.
    /// </summary>
    public string DataFolder { get; set; } = "";
}
