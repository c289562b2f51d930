using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Providers;

/// <summary>Where each department's adapter answers: from configuration, and from adapters that run in this process and register themselves.</summary>
public sealed class ProviderDirectory
{
    private static readonly ProviderOptions Defaults = new();

    private readonly ProvidersOptions _options;
    private ImmutableDictionary<string, ImmutableArray<Uri>> _addresses = ImmutableDictionary.Create<string, ImmutableArray<Uri>>(StringComparer.Ordinal);

    public ProviderDirectory(IOptions<ProvidersOptions> options)
    {
        _options = options.Value;
        foreach (var (member, provider) in _options)
        {
            _addresses = _addresses.Add(member, [.. provider.Addresses.Select(address => new Uri(address))]);
        }
    }

    /// <summary>Raised after addresses were added. The proxy follows without a restart.</summary>
    public event Action? Changed;

    /// <summary>Member codes that have settings in configuration.</summary>
    public IReadOnlyCollection<string> Configured => _options.Keys;

    /// <summary>Adds addresses to a member's own. An address that is there already is not added twice.</summary>
    /// <exception cref="ArgumentException">An address is not a bare http or https address.</exception>
    public void Register(string member, params IReadOnlyList<Uri> addresses)
    {
        foreach (var address in addresses)
        {
            if (!ProviderAddress.IsBase(address))
            {
                throw new ArgumentException($"'{address}' is not an http or https address without path, query or user.", nameof(addresses));
            }
        }

        ImmutableInterlocked.AddOrUpdate(ref _addresses, member, _ => [.. addresses], (_, known) => [.. known.Union(addresses)]);
        Changed?.Invoke();
    }

    /// <summary>The member's addresses; empty when none is known.</summary>
    public IReadOnlyList<Uri> AddressesOf(string member) => _addresses.TryGetValue(member, out var known) ? known : [];

    /// <summary>The member's settings, or the defaults.</summary>
    public ProviderOptions OptionsOf(string member) => _options.GetValueOrDefault(member, Defaults);
}
