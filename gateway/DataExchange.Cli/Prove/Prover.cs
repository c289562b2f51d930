using System.Globalization;
using System.Text;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Prove;

/// <summary>Makes proofs out of tiles.</summary>
internal static class Prover
{
    /// <summary>The tlog-proof of an entry.</summary>
    /// <exception cref="FindingException">There is no such entry, or the log does not hold together there.</exception>
    public static async Task<ProveReport> InclusionAsync(LogResources log, LogHead head, long index, string? entryFile, CancellationToken cancellationToken)
    {
        var size = head.Checkpoint.Size;
        if (index < 0 || index >= size)
        {
            throw FindingException.CannotTell(
                FindingCode.NoSuchEntry, string.Create(CultureInfo.InvariantCulture, $"The log has {size:N0} entries; there is none at index {index}."));
        }

        var (bundle, place) = Math.DivRem(index, TileId.FullWidth);
        var entry = (await Entries.ReadAsync(log, new TileId(TileId.Entries, bundle, TileId.WidthAt(TileId.Entries, bundle, size)), cancellationToken))[(int)place];
        var hashes = await new LogTree(log, head.Checkpoint).InclusionAsync(index, TreeHasher.Leaf(entry.Span), cancellationToken);
        if (entryFile is not null)
        {
            await OutputFile.WriteAsync(entryFile, entry, cancellationToken);
        }

        return new ProveReport(
            head.Checkpoint.Origin, index, null, size, new TlogProof(index, hashes, head.Note.ToString()).ToText(),
            string.Create(CultureInfo.InvariantCulture, $"entry {index} stands in {head.Checkpoint.Origin}."));
    }

    /// <summary>The proof that the log extends its beginning, as a witness takes it.</summary>
    /// <exception cref="FindingException">The log is shorter, or does not hold together.</exception>
    public static async Task<ProveReport> ConsistencyAsync(LogResources log, LogHead head, long oldSize, CancellationToken cancellationToken)
    {
        var size = head.Checkpoint.Size;
        if (oldSize < 0 || oldSize > size)
        {
            throw FindingException.CannotTell(
                FindingCode.NoSuchEntry, string.Create(CultureInfo.InvariantCulture, $"The log has {size:N0} entries; it cannot extend {oldSize:N0}."));
        }

        var (_, hashes) = await new LogTree(log, head.Checkpoint).ConsistencyAsync(oldSize, cancellationToken);
        var body = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {oldSize}\n");
        foreach (var hash in hashes)
        {
            body.Append(hash.ToString()).Append('\n');
        }

        return new ProveReport(
            head.Checkpoint.Origin, null, oldSize, size, body.Append('\n').Append(head.Note).ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{head.Checkpoint.Origin} extends its first {oldSize:N0} entries."));
    }
}
