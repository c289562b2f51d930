using System.Text;
using DataExchange.Gateway.Profile;
using DataExchange.Merkle;
using DataExchange.Policy.Model;
using DataExchange.Witness;
using DataExchange.Witness.Hosting;

namespace DataExchange.Gateway.Witnesses;

/// <summary>
/// Three departments of the demo region that witness its logs, each with a key and a state of its own, in this process. In a real region
/// they run on machines of theirs: only that makes their word worth anything.
/// </summary>
public sealed class DemoWitnesses(ProfileOptions profile, ILoggerFactory loggers, TimeProvider clock) : IAsyncDisposable
{
    private static readonly string[] Members = ["civil-affairs", "education", "market-regulation"];

    private readonly Dictionary<string, WitnessHost> _running = new(StringComparer.Ordinal);

    /// <summary>Where each listens, by the member's code.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => _running.ToDictionary(running => running.Key, running => running.Value.Address);

    /// <summary>What the demo region is founded with: two of the three are enough. Null where it is not the demo region that runs.</summary>
    public WitnessAppointment? Appointment => _running.Count == 0 ? null : new() { Mode = WitnessRequirement.Async, Policy = Policy() };

    /// <summary>Starts them over the region's logs; does nothing where it is not the demo region that runs.</summary>
    /// <exception cref="WitnessRefusedException">One of them cannot use its key or its state.</exception>
    public async Task StartAsync(IReadOnlyList<NoteVerifier> logs, CancellationToken cancellationToken)
    {
        if (!profile.DemoRegion.Enabled)
        {
            return;
        }

        foreach (var member in Members)
        {
            var options = new WitnessOptions
            {
                Name = $"witness.demo.example/{member}",
                Folder = Path.Combine(profile.DataFolder, "witnesses", member),
                Listen = "http://127.0.0.1:0",
            };
            foreach (var log in logs)
            {
                options.Logs.Add(new WitnessedLogOptions { Origin = log.Name, Keys = { log.ToString() } });
            }

            _running.Add(member, await WitnessHost.StartAsync(options, loggers, clock, cancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var witness in _running.Values)
        {
            await witness.DisposeAsync();
        }

        _running.Clear();
    }

    private string Policy()
    {
        var policy = new StringBuilder();
        foreach (var (member, witness) in _running)
        {
            policy.Append("witness ").Append(member).Append(' ').Append(witness.Verifier).Append('\n');
        }

        return policy.Append("group departments 2 ").AppendJoin(' ', _running.Keys).Append("\nquorum departments\n").ToString();
    }
}
