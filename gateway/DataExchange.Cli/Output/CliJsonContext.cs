using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Verify;

namespace DataExchange.Cli.Output;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ReceiptReport))]
[JsonSerializable(typeof(SavedProgress))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
