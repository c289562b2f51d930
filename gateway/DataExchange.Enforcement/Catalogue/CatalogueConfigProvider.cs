using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Providers;
using DataExchange.Policy.Rules;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>Tells YARP what to route: the catalogue's datasets, and the adapters known at this moment.</summary>
internal sealed class CatalogueConfigProvider : IProxyConfigProvider, IDisposable
{
    private readonly GovernanceLedger _ledger;
    private readonly ProviderDirectory _directory;

    // Replaced before the old one is cancelled, so that whoever wakes up on the old token reads a config that carries the new one.
    private CancellationTokenSource _change = new();

    // Written under the ledger's turn only.
    private RegionSnapshot _routed;

    public CatalogueConfigProvider(GovernanceLedger ledger, ProviderDirectory directory)
    {
        _ledger = ledger;
        _directory = directory;
        _routed = ledger.Current;
        _directory.Changed += Refresh;
        _ledger.Changed += Follow;
    }

    public IProxyConfig GetConfig()
    {
        // The token is taken first: a change between the two lines makes one reload too many, never one too few.
        var token = new CancellationChangeToken(Volatile.Read(ref _change).Token);
        return new CatalogueConfig(_ledger.Current.Datasets, _directory, token);
    }

    public void Refresh()
    {
        // Not disposed of: a reader may be about to take its token.
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }

    /// <summary>A dataset that was published is routed before its publication is answered, and one that was withdrawn no longer is.</summary>
    private void Follow(RegionSnapshot rules)
    {
        if (!rules.HasSameDatasets(_routed))
        {
            _routed = rules;
            Refresh();
        }
    }

    public void Dispose()
    {
        _ledger.Changed -= Follow;
        _directory.Changed -= Refresh;
        _change.Dispose();
    }
}
