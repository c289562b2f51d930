namespace DataExchange.Cli.DataFolders;

/// <summary>The files of a gateway's data folder (see ARCHITECTURE.md, State).</summary>
internal static class DataFolder
{
    public const string Exchange = "exchange.db";
    public const string Tiles = "tiles.db";
    public const string Vault = "vault.db";
    public const string Lock = "exchange.lock";

    /// <summary>Whether this is a data folder rather than a folder of tiles.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, Exchange));
}
