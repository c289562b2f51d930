namespace DataExchange.TransparencyLog.Stores;

/// <summary>Where a region's logs are kept. Both logs stand in one store, so that a commit of one can read the head of the other.</summary>
public interface ILogStorage
{
    /// <summary>The durable half of a log. Trusted: what it loses is lost, what it invents is found out only where a witness or a client remembers.</summary>
    ILogStore OpenLog(string name);

    /// <summary>The derived half of a log, which may be deleted and is rebuilt. Not trusted: at every start its right edge is checked against the log.</summary>
    ITileStore OpenTiles(string name);

    /// <summary>Logs that were retired, and the order to retire one. Trusted like the logs themselves.</summary>
    IAdoptionStore Adoptions { get; }
}
