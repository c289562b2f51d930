namespace DataExchange.Gateway.Profile;

/// <summary>The gateway will not start, for reasons its operator can mend. Each is one line.</summary>
public sealed class StartupRefusedException(IReadOnlyList<string> reasons, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, reasons), inner)
{
    /// <summary>Exit code of a refused start (sysexits.h <c>EX_CONFIG</c>).</summary>
    public const int ExitCode = 78;

    public IReadOnlyList<string> Reasons { get; } = reasons;

    /// <summary>Writes one line a reason to standard error.</summary>
    public int Report()
    {
        foreach (var reason in Reasons)
        {
            Console.Error.WriteLine("refusing to start: " + reason);
        }

        return ExitCode;
    }
}
