namespace DataExchange.Witness.State;

/// <summary>
/// Holds one value. Once <see cref="Replace"/> has returned, the new value is what every <see cref="Read"/> returns, after a power
/// failure too. While it runs, and when it throws or the process dies in it, the value is wholly the old one or wholly the new one.
/// </summary>
internal interface IStateStore : IDisposable
{
    /// <summary>The value; null when none was ever written.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    byte[]? Read();

    /// <summary>Writes another value.</summary>
    /// <exception cref="IOException">Whether the old or the new value stands is unknown; so it is after any other exception.</exception>
    void Replace(ReadOnlySpan<byte> value);
}
