namespace DataExchange.TransparencyLog;

/// <summary>Reads the state rows that entries changed.</summary>
public interface IStateReader
{
    /// <summary>The rows of a register that an entry from <paramref name="from"/> on changed last, by id, with the index of that entry. One consistent view, in the memory of one row at a time.</summary>
    IAsyncEnumerable<StateRow> ReadAsync(string register, long from, CancellationToken cancellationToken);

    /// <summary>All rows of a register, as above.</summary>
    IAsyncEnumerable<StateRow> ReadAsync(string register, CancellationToken cancellationToken) => ReadAsync(register, 0, cancellationToken);
}
