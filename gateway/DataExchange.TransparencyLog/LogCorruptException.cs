namespace DataExchange.TransparencyLog;

/// <summary>What is stored is not the log that was signed. The message says what does not fit, and what may be done about it.</summary>
public sealed class LogCorruptException : Exception
{
    public LogCorruptException()
    {
    }

    public LogCorruptException(string message)
        : base(message)
    {
    }

    public LogCorruptException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
