namespace DataExchange.TransparencyLog;

/// <summary>
/// The log cannot commit, or is not trusted until it has been verified again. The caller may not assume that what it waited for was
/// appended, nor that it was not.
/// </summary>
public sealed class LogUnavailableException : Exception
{
    public LogUnavailableException()
    {
    }

    public LogUnavailableException(string message)
        : base(message)
    {
    }

    public LogUnavailableException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
