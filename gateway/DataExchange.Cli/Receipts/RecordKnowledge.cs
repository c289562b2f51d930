using System.Text.Json.Serialization;

namespace DataExchange.Cli.Receipts;

/// <summary>What a receipt shows of the record behind its entry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordKnowledge>))]
internal enum RecordKnowledge
{
    /// <summary>Only a commitment.</summary>
    [JsonStringEnumMemberName("sealed")]
    Sealed = 0,

    /// <summary>The record, and it fits the commitment.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>The record stands in the entry for anyone to read.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>As <see cref="Opened"/>, and the logged record holds the digest of the record released in the same file.</summary>
    [JsonStringEnumMemberName("released")]
    Released,
}
