using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DataExchange.Policy.Tests.Cedar;

/// <summary>Cedar in a Node.js process of its own: a world in, a line of answers out.</summary>
internal sealed class CedarProcess : IDisposable
{
    private readonly Process _node;

    private CedarProcess(Process node) => _node = node;

    /// <summary>Starts it, or skips the test where Node.js or the package is missing.</summary>
    public static CedarProcess Start()
    {
        var folder = Path.Combine(FindRoot(AppContext.BaseDirectory), "tests", "cedar");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "@cedar-policy", "cedar-wasm")), "Cedar is not installed: npm ci in tests/cedar (tests/run.sh does it).");
        try
        {
            // Without the switch, the compiler of Node.js 20 aborts the process after some thousand calls into WebAssembly.
            return new CedarProcess(Process.Start(new ProcessStartInfo("node", "--no-turbo-inline-js-wasm-calls evaluate.mjs")
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node.js is not installed: no node on the path (tests/run.sh installs it).");
            throw;
        }
    }

    /// <summary>Which of the world's requests Cedar allows, in their order.</summary>
    public async Task<IReadOnlyList<bool>> EvaluateAsync(string world, CancellationToken cancellationToken)
    {
        await _node.StandardInput.WriteLineAsync(world.AsMemory(), cancellationToken);
        await _node.StandardInput.FlushAsync(cancellationToken);
        var answer = JsonNode.Parse(await _node.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The Cedar process has ended."))!;
        Assert.True(answer["error"] is null, answer["error"]?.GetValue<string>());
        return [.. answer["allowed"]!.GetValue<string>().Select(digit => digit == '1')];
    }

    public void Dispose()
    {
        _node.Kill();
        _node.Dispose();
    }

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "DataExchange.sln"))
            ? from
            : FindRoot(Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}
