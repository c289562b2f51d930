using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

[JsonConverter(typeof(StrictEnumConverter<ExchangeMode>))]
public enum ExchangeMode { None = 0, Query, Batch, QueryAndBatch }

/// <summary>A sharing agreement ("the seal"): executed as it stands.</summary>
public sealed record SharingAgreement
{
    public required string Id { get; init; }
    public required int Revision { get; init; }
    public required string Consumer { get; init; }
    public required string Provider { get; init; }
    public required string Dataset { get; init; }
    public required int DatasetRevision { get; init; }
    public required string Basis { get; init; }
    public required string Scenario { get; init; }
    public required ExchangeMode Mode { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    public required IReadOnlyList<Grant> Grants { get; init; }
    /// <summary>The consumer's clients that may use it.</summary>
    public required IReadOnlyList<string> Clients { get; init; }
    public Quota? Quota { get; init; }

    /// <summary>Clauses by which it suspends itself; null for none. Came later: absent, older agreements keep their canonical form.</summary>
    public IReadOnlyList<SuspensionRule>? AutoSuspension { get; init; }

    /// <summary>The JSON this was read from; null for one that was made, or changed, in memory.</summary>
    internal JsonElement? AsWritten => ReferenceEquals(_source?.Owner, this) ? _source.Written : null;

    // A copy made by `with` takes this along and is not its owner: nobody signed the copy.
    private Source? _source;

    internal void KeepAsWritten(JsonElement written) => _source = new Source(this, written);

    /// <summary>A class, so that two agreements are compared without following their owners round in a circle.</summary>
    private sealed class Source(SharingAgreement owner, JsonElement written)
    {
        public SharingAgreement Owner { get; } = owner;

        public JsonElement Written { get; } = written;
    }
}
