namespace DataExchange.TransparencyLog;

/// <summary>Reads the state rows that entries changed.</summary>
public interface IStateReader
{
    /// <summary>All rows of a register, by id, with the index of the governance entry that last changed each. One consistent view.</summary>
    IAsyncEnumerable<StateRow> ReadAsync(string register, CancellationToken cancellationToken);
}
