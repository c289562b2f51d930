namespace DataExchange.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("verify")]
    [InlineData("prove")]
    [InlineData("follow")]
    [InlineData("export")]
    [InlineData("fsck")]
    [InlineData("backup")]
    [InlineData("mirror", "verify")]
    [InlineData("witness", "check")]
    [InlineData("receipt", "verify")]
    [InlineData("evidence", "verify")]
    [InlineData("log", "adopt")]
    [InlineData("proposal", "sign")]
    [InlineData("agreement", "sign")]
    [InlineData("agreement", "verify")]
    [InlineData("keys", "sign")]
    [InlineData("clients", "sign")]
    public async Task Every_command_has_a_manual_page(params string[] command)
    {
        var run = await DxRun.InProcessAsync([.. command, "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["Usage:", "Options:", "--json", "Details:", "Examples:", $"  dx {string.Join(' ', command)} ", "Exit codes:", "  2   "],
            part => Assert.Contains(part, run.Out, StringComparison.Ordinal));
    }
}
