using System.Text.Json.Serialization;

namespace DataExchange.Cli.Output;

/// <summary>What a command found.</summary>
/// <param name="Verified">Whether all checks hold.</param>
/// <param name="Code">One of <see cref="FindingCode"/>.</param>
/// <param name="Detail">For people.</param>
internal record Report(bool Verified, string Code, string Detail)
{
    [JsonIgnore]
    public ExitCode ExitCode { get; init; }

    /// <summary>Further lines for people: name and value.</summary>
    [JsonIgnore]
    public virtual IEnumerable<(string Name, string Value)> Facts => [];

    public static Report Of(FindingException finding) => new(false, finding.Code, finding.Message) { ExitCode = finding.ExitCode };
}
