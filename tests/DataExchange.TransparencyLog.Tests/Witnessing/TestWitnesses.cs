using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Tests.Witnessing;

/// <summary>A region's witnesses, and the policy over them.</summary>
public sealed class TestWitnesses(string quorum, WitnessMode mode, params IReadOnlyList<TestWitness> witnesses) : IWitnessDirectory
{
    public WitnessSetup Current { get; set; } = Setup(quorum, mode, witnesses);

    public ValueTask OpenAsync(IReadOnlyList<NoteVerifier> logs, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public static WitnessSetup Setup(string quorum, WitnessMode mode, IReadOnlyList<TestWitness> witnesses)
    {
        var lines = witnesses.Select(witness => $"witness {witness.Verifier.Name} {witness.Verifier}\n");
        var group = quorum == "none" ? "quorum none\n" : $"group all-of-them {quorum} {string.Join(' ', witnesses.Select(witness => witness.Verifier.Name))}\nquorum all-of-them\n";
        return TlogPolicy.TryParse(string.Concat(lines) + group, out var policy, out var fault)
            ? new WitnessSetup(policy, mode, witnesses.ToDictionary(witness => witness.Verifier.Name, witness => witness.Address))
            : throw new FormatException(fault);
    }
}
