using System.Text.Json.Serialization;

namespace DataExchange.Cli.Fsck;

/// <summary>One thing that is wrong in a data folder.</summary>
/// <param name="Code">One of <see cref="FsckCode"/>.</param>
/// <param name="Severity">Whether it is an error.</param>
/// <param name="Place">File, table, row.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Finding(string Code, Severity Severity, string Place, string Detail, string Remedy);

/// <summary>How bad a finding is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>Something does not hold.</summary>
    [JsonStringEnumMemberName("error")]
    Error = 0,

    /// <summary>Something could not be checked, or is unusual.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,
}
