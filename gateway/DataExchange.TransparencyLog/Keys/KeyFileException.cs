namespace DataExchange.TransparencyLog;

/// <summary>A signing key cannot be used. The message names the file and the way out.</summary>
#pragma warning disable IDE0040 // How far it can be seen is said in Exposed.cs.
sealed partial class KeyFileException : Exception
#pragma warning restore IDE0040
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
