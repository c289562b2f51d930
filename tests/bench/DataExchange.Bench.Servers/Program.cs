using DataExchange.Bench.Servers;
using DataExchange.DemoRegion.Folder;

// What the gateway is measured with: the provider that all proxies ask, a bare YARP before it, and a region to found the gateway with.
return args switch
{
    ["provider", var url] => await ConstantProvider.RunAsync(url),
    ["yarp", var url, var provider] => await BareYarp.RunAsync(url, provider),
    ["founding", var folder] => await FoundAsync(folder),
    _ => Usage(),
};

// The demo region's founding file and people, without its departments: the provider above stands in for them.
static async Task<int> FoundAsync(string folder)
{
    await DemoRegionFolder.EnsureAsync(folder);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: provider <url> | yarp <url> <provider url> | founding <folder>");
    return 2;
}
