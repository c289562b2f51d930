using System.Text.Json;
using DataExchange.Cli.Receipts;
using DataExchange.Contracts;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Contracts.Scorecards;

namespace DataExchange.Cli.Scorecards;

/// <summary>Facts as a reviewer exported them: each commits, and no entry is named twice.</summary>
internal sealed class FactFile
{
    private readonly Dictionary<(bool IsAccess, long Index), (byte[] Leaf, ScorecardEntry Entry)> _facts = [];

    public IEnumerable<ScorecardEntry> Entries => _facts.Values.Select(fact => fact.Entry);

    /// <exception cref="FindingException">The file cannot be read, or a line of it does not hold.</exception>
    public static async Task<FactFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FactFile();
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                file.Add(JsonSerializer.Deserialize(line, ContractsJsonContext.Default.ScorecardFact) ?? throw new JsonException("A line is null."));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw FindingException.CannotTell(FindingCode.InputUnreadable, $"{path} holds no facts: {exception.Message}", exception);
        }

        return file;
    }

    /// <summary>The leaf that a fact says stands there; null where there is no fact.</summary>
    public byte[]? LeafAt(bool isAccess, long index) => _facts.TryGetValue((isAccess, index), out var fact) ? fact.Leaf : null;

    private void Add(ScorecardFact fact)
    {
        var isAccess = fact.Log == "access";
        if (!isAccess && fact.Log != "governance")
        {
            throw new JsonException("A fact is of the log 'access' or 'governance'.");
        }

        if (Base64Bytes.Decode(fact.Leaf) is not { } bytes || !Leaf.TryDecode(bytes, out var leaf))
        {
            throw FindingException.DoesNotVerify(FindingCode.LeafMalformed, $"The fact of entry {fact.Index} holds no leaf.");
        }

        RecordCheck.Run(leaf, new Opening(fact.Key, fact.Record), released: null);
        if (!_facts.TryAdd((isAccess, fact.Index), (bytes, new ScorecardEntry(isAccess, fact.Index, leaf.Kind, leaf.TimeMs, fact.Record))))
        {
            throw FindingException.DoesNotVerify(FindingCode.FactMismatch, $"Entry {fact.Index} of the {fact.Log} log is among the facts twice.");
        }
    }
}
