namespace DataExchange.TransparencyLog;

/// <summary>A signing key cannot be used. The message names the file and the way out.</summary>
public sealed class KeyFileException : Exception
{
    public KeyFileException()
    {
    }

    public KeyFileException(string message)
        : base(message)
    {
    }

    public KeyFileException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
