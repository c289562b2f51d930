using System.Text.Json;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Providers;

/// <summary>What the gateway asks an adapter: <c>POST {adapter}/v1/records/query</c>.</summary>
public sealed record ProviderQuery
{
    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Revision of the dataset's description that the answer has to follow.</summary>
    public required int Revision { get; init; }

    /// <summary>Whose record.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>The permitted fields, and no others.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Receipt of the intent leaf (<c>access.requested</c>) with its opening. An adapter answers only when it verifies and speaks of this very question.</summary>
    public required Receipt Intent { get; init; }
}

/// <summary>What an adapter answers with status 200. Unknown subject: status 404 with a problem whose code is <c>not-found</c>.</summary>
public sealed record ProviderAnswer
{
    /// <summary>Echo of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Echo of the revision.</summary>
    public required int Revision { get; init; }

    /// <summary>The subject the record belongs to, as the register itself says. The gateway refuses an answer about anyone else.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>An object with the fields asked for. A field without a value is null.</summary>
    public required JsonElement Record { get; init; }
}

/// <summary>Fixed points of the protocol between gateway and adapter.</summary>
public static class ProviderProtocol
{
    /// <summary>Path of the query, relative to the adapter's base address.</summary>
    public const string QueryPath = "/v1/records/query";

    /// <summary>How far the intent's log time may lie from the adapter's clock, either way.</summary>
    public static readonly TimeSpan IntentWindow = TimeSpan.FromMinutes(5);
}
