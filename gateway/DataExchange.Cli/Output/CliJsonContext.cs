using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Export;
using DataExchange.Cli.Fsck;
using DataExchange.Cli.Prove;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Verify;

namespace DataExchange.Cli.Output;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ReceiptReport))]
[JsonSerializable(typeof(SavedProgress))]
[JsonSerializable(typeof(ProveReport))]
[JsonSerializable(typeof(FsckReport))]
[JsonSerializable(typeof(ExportReport))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
