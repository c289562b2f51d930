using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DataExchange.Cli.Adopt;
using DataExchange.Cli.Agreements;
using DataExchange.Cli.Evidence;
using DataExchange.Cli.Export;
using DataExchange.Cli.Follow;
using DataExchange.Cli.Fsck;
using DataExchange.Cli.Mirrors;
using DataExchange.Cli.Prove;
using DataExchange.Cli.Receipts;
using DataExchange.Cli.Scorecards;
using DataExchange.Cli.Signing;
using DataExchange.Cli.Verify;
using DataExchange.Cli.Witnesses;

namespace DataExchange.Cli.Output;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ReceiptReport))]
[JsonSerializable(typeof(EvidenceReport))]
[JsonSerializable(typeof(SavedProgress))]
[JsonSerializable(typeof(ProveReport))]
[JsonSerializable(typeof(MirrorReport))]
[JsonSerializable(typeof(WitnessReport))]
[JsonSerializable(typeof(FollowReport))]
[JsonSerializable(typeof(EntryLine))]
[JsonSerializable(typeof(FsckReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(ScorecardReport))]
[JsonSerializable(typeof(AdoptReport))]
[JsonSerializable(typeof(AdoptionOrder))]
[JsonSerializable(typeof(SigningReport))]
[JsonSerializable(typeof(AgreementReport))]
[JsonSerializable(typeof(JwsHeader))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJsonContext : JsonSerializerContext
{
    /// <summary>One line a value.</summary>
    public static CliJsonContext Lines { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>For people, in their own script. What could move the cursor of a terminal, or hide or reorder text, is escaped.</summary>
    public static JavaScriptEncoder Legible { get; } = JavaScriptEncoder.Create(LegibleCharacters());

    /// <summary>A document over several lines, for people.</summary>
    public static CliJsonContext Readable { get; } = new(new JsonSerializerOptions { WriteIndented = true, Encoder = Legible });

    private static TextEncoderSettings LegibleCharacters()
    {
        var legible = new TextEncoderSettings(UnicodeRanges.All);
        legible.ForbidRange(UnicodeRanges.GeneralPunctuation);
        legible.AllowCharacters('–', '—', '‘', '’', '“', '”', '…');
        return legible;
    }
}
