using System.Globalization;
using DataExchange.Merkle;

namespace DataExchange.Cli.Trees;

/// <summary>A log only grows: what was seen of it once stays its beginning.</summary>
internal static class History
{
    /// <summary>What two signed checkpoints show by themselves, before an entry is read.</summary>
    /// <exception cref="FindingException">The log shrank, or had another root at this size.</exception>
    public static void CheckHeads(Checkpoint? remembered, Checkpoint checkpoint)
    {
        if (remembered is null)
        {
            return;
        }

        if (checkpoint.Size < remembered.Size)
        {
            throw FindingException.DoesNotVerify(
                FindingCode.Rollback,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{checkpoint.Origin} has signed {remembered.Size:N0} entries before and shows {checkpoint.Size:N0} now: ")
                + "entries were taken back, or this is an old copy.");
        }

        if (checkpoint.Size == remembered.Size)
        {
            CheckRoot(remembered, checkpoint.Root);
        }
    }

    /// <summary>Compares the root recomputed at the remembered size.</summary>
    /// <exception cref="FindingException">It is another.</exception>
    public static void CheckRoot(Checkpoint remembered, in MerkleHash rootThen)
    {
        if (rootThen != remembered.Root)
        {
            throw FindingException.DoesNotVerify(
                FindingCode.Fork,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{remembered.Origin} signed two histories: the first {remembered.Size:N0} entries are not those it has shown before. ")
                + "Keep both checkpoints, they are the proof.");
        }
    }
}
