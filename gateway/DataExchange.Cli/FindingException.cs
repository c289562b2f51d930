using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Cli;

/// <summary>Ends a command with a finding. Thrown where the finding is made; only <see cref="Output.CommandRun"/> catches it.</summary>
[SuppressMessage("Design", "CA1032", Justification = "A finding without code and exit code is none.")]
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the program.")]
internal sealed class FindingException(ExitCode exitCode, string code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public ExitCode ExitCode => exitCode;

    /// <summary>One of <see cref="FindingCode"/>.</summary>
    public string Code => code;

    public static FindingException DoesNotVerify(string code, string detail) => new(ExitCode.DoesNotVerify, code, detail);

    public static FindingException CannotTell(string code, string detail, Exception? cause = null) => new(ExitCode.CannotTell, code, detail, cause);
}
