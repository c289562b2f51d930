using DataExchange.Enforcement.Governance;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Region;
using DataExchange.Merkle;
using DataExchange.Policy.Model;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Witnesses;

/// <summary>
/// The witnesses as the governance log appoints them. Before the logs are open that is the register's row, and at the very first start
/// the founding file; once the rules stand it is the rules.
/// </summary>
public sealed partial class RegionWitnesses(
    RegionFounding founding, IStateReader state, ProfileOptions profile, DemoWitnesses demo, ILogger<RegionWitnesses> logger) : IWitnessDirectory
{
    private readonly Lock _gate = new(); // Guards the next three.
    private GovernanceLedger? _ledger;
    private WitnessAppointment? _appointment;
    private WitnessSetup _setup = WitnessSetup.None;

    public WitnessSetup Current
    {
        get
        {
            lock (_gate)
            {
                if (_ledger is { } ledger && !ReferenceEquals(ledger.Current.Witnesses, _appointment))
                {
                    Appoint(ledger.Current.Witnesses);
                }

                return _setup;
            }
        }
    }

    /// <summary>Whom the region is founded with.</summary>
    public WitnessAppointment? Founding => founding.Document.Witnesses ?? demo.Appointment;

    public async ValueTask OpenAsync(IReadOnlyList<NoteVerifier> logs, CancellationToken cancellationToken)
    {
        await demo.StartAsync(logs, cancellationToken);
        var appointment = await WitnessRegister.ReadAsync(state, cancellationToken) ?? Founding;
        lock (_gate)
        {
            Appoint(appointment);
        }
    }

    /// <summary>From here on the rules say who witnesses.</summary>
    public void Follow(GovernanceLedger ledger)
    {
        lock (_gate)
        {
            _ledger = ledger;
        }
    }

    // A policy in the log parses: the founding file was refused otherwise.
    private void Appoint(WitnessAppointment? appointment)
    {
        _appointment = appointment;
        if (appointment is null)
        {
            _setup = WitnessSetup.None;
            return;
        }

        if (!TlogPolicy.TryParse(appointment.Policy, out var policy, out var fault))
        {
            throw new LogUnavailableException($"The witness policy in the governance log cannot be read: {fault}.");
        }

        var addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var witness in policy.Witnesses)
        {
            if (AddressOf(witness) is { } address)
            {
                addresses.Add(witness.Name, address);
            }
            else
            {
                Log.NotAsked(logger, witness.Name);
            }
        }

        foreach (var name in profile.Witnesses.Keys.Where(name => policy.Witnesses.All(witness => witness.Name != name)))
        {
            Log.Unknown(logger, name);
        }

        _setup = new WitnessSetup(policy, appointment.Mode == WitnessRequirement.Async ? WitnessMode.Async : WitnessMode.Required, addresses);
    }

    // A witness without an address is not asked, and its cosignature is missing where anybody looks: the policy may name some that pull.
    private Uri? AddressOf(PolicyWitness witness)
    {
        if (demo.Addresses.TryGetValue(witness.Name, out var here))
        {
            return here;
        }

        var text = profile.Witnesses.TryGetValue(witness.Name, out var configured) ? configured : witness.Url;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
    }

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Warning, "The witness {Witness} has no address and is not asked: set Witnesses:{Witness} to its URL.")]
        public static partial void NotAsked(ILogger logger, string witness);

        [LoggerMessage(5102, LogLevel.Warning, "Witnesses:{Witness} is configured, but the policy in force has no witness of that name.")]
        public static partial void Unknown(ILogger logger, string witness);
    }
}
