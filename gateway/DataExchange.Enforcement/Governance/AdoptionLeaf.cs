using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.TransparencyLog.Adoption;

namespace DataExchange.Enforcement.Governance;

/// <summary>The first leaf of a log that takes a retired one's place: open, for anyone to see where the break is and what is missing.</summary>
internal sealed class AdoptionLeaf : IAdoptionLeaf
{
    public ReadOnlyMemory<byte> Write(AdoptedLog adopted, long timeMs)
    {
        var stored = new StoredTree(adopted.Stored.Size, adopted.Stored.Range.Root().ToString());
        var @event = new LogAdopted(adopted.Origin, adopted.VerifierKey, stored, adopted.Known, adopted.Carried, adopted.Order, adopted.Reason);
        return Leaf.Encode(@event.Kind, timeMs, default, GovernanceRecords.Write(@event));
    }
}
