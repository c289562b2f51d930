using System.Text.Json.Serialization;

namespace DataExchange.Cli.Output;

/// <summary>What a command found.</summary>
/// <param name="Verified">Whether all checks hold.</param>
/// <param name="Code">One of <see cref="FindingCode"/>.</param>
/// <param name="Detail">For people.</param>
internal record Report(bool Verified, string Code, string Detail)
{
    [JsonIgnore]
    public ExitCode ExitCode { get; init; } = Verified ? ExitCode.Verified : ExitCode.DoesNotVerify;

    /// <summary>Further lines for people: name and value.</summary>
    public virtual IEnumerable<(string Name, string Value)> Facts() => [];

    /// <summary>What the standard output gets instead of the verdict, for the next program in a pipe; null for none.</summary>
    public virtual string? Payload() => null;

    public static Report Of(FindingException finding) => new(false, finding.Code, finding.Message) { ExitCode = finding.ExitCode };
}
