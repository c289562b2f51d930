using System.Text.Json.Nodes;

namespace DataExchange.DemoRegion.Legacy;

/// <summary>A document of an existing JSON service.</summary>
/// <param name="Number">The identity number that it is found by.</param>
/// <param name="Content">As the service answers it.</param>
internal sealed record LegacyDocument(string Number, JsonObject Content);
