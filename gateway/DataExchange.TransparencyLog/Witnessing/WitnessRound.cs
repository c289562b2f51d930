using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>One checkpoint on its way to all witnesses, and the cosignatures that have come in for it.</summary>
internal sealed class WitnessRound(PublishedView view)
{
    private readonly Lock _gate = new(); // Guards _lines, one of each witness.
    private readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal);

    public PublishedView View => view;

    /// <summary>Takes a witness's cosignature line.</summary>
    public void Add(PolicyWitness witness, string line)
    {
        lock (_gate)
        {
            _lines[witness.Verifier.ToString()] = line;
        }
    }

    /// <summary>Whether the witnesses that have cosigned make the policy's quorum.</summary>
    public bool Meets(TlogPolicy policy)
    {
        lock (_gate)
        {
            return policy.IsMetBy(witness => _lines.ContainsKey(witness.Verifier.ToString()));
        }
    }

    /// <summary>The checkpoint with the log's signature and every cosignature so far, in the order of the witnesses' keys.</summary>
    public PublishedView Cosigned()
    {
        lock (_gate)
        {
            var lines = string.Concat(_lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => line.Value));
            return view with { Checkpoint = view.Checkpoint with { Note = view.Checkpoint.Note + lines } };
        }
    }
}
