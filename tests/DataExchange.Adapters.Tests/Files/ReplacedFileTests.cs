using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Files;

/// <summary>What happens to those who are being served while a file is replaced. Only the clock is moved; the files and the system's reports are real.</summary>
public sealed class ReplacedFileTests : IAsyncLifetime
{
    private readonly DropFolder _folder = new();
    private RunningAdapter? _running;

    private RunningAdapter Adapter => _running!;

    public async ValueTask InitializeAsync()
    {
        _folder.Replace(DropFolder.Csv([Register.Known]));
        _running = await _folder.ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Adapter.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_renamed_into_place_is_served_once_it_has_settled()
    {
        _folder.Replace(DropFolder.Csv([Register.Known with { Name = "张四" }]));
        await UntilAsync(async () => await NameAsync() == "张四");
    }

    [Fact]
    public async Task A_file_rewritten_in_place_is_served_once_it_has_settled()
    {
        File.WriteAllText(Path.Combine(_folder.Path, DropFolder.File), DropFolder.Csv([Register.Known with { Name = "张四" }]));
        await UntilAsync(async () => await NameAsync() == "张四");
    }

    [Fact]
    public async Task A_file_of_the_same_length_and_time_is_told_apart_by_its_content()
    {
        var path = Path.Combine(_folder.Path, DropFolder.File);
        var aside = path + ".new";
        File.WriteAllText(aside, DropFolder.Csv([Register.Known with { Name = "张四" }]));
        File.SetLastWriteTimeUtc(aside, File.GetLastWriteTimeUtc(path));
        File.Move(aside, path, overwrite: true);
        await UntilAsync(async () => await NameAsync() == "张四");
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_not_served()
    {
        var text = DropFolder.Csv([Register.Known with { Name = "张四" }, Register.Awkward]);
        var half = text.IndexOf('\n', text.IndexOf('\n', StringComparison.Ordinal) + 1) + 1;
        using (var file = new StreamWriter(new FileStream(Path.Combine(_folder.Path, DropFolder.File), FileMode.Create, FileAccess.Write, FileShare.Read)))
        {
            // A first half that would pass for a whole file; it does not stand still for long enough.
            await file.WriteAsync(text.AsMemory(0, half), TestContext.Current.CancellationToken);
            await file.FlushAsync(TestContext.Current.CancellationToken);
            Adapter.Clock.Advance(TimeSpan.FromMilliseconds(400));
            Assert.Equal("张三", await NameAsync());
            await file.WriteAsync(text.AsMemory(half), TestContext.Current.CancellationToken);
        }

        await UntilAsync(async () => await NameAsync() == "张四");
        Assert.Equal(200, (await Adapter.AskAsync(Register.Awkward.Number, "name")).Status);
    }

    [Fact]
    public async Task A_spoiled_file_changes_nothing_for_those_who_ask_and_shows_in_readiness_log_and_metric()
    {
        var outcomes = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Listen(instrument, self) };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => { lock (outcomes) { outcomes.Add(tags.ToArray().Single(tag => tag.Key == "outcome").Value!.ToString()!); } });
        listener.Start();

        _folder.Replace(DropFolder.Header + "\n110105198001010016,half a row\n");
        await UntilAsync(async () => (await Adapter.GetAsync("/health/ready")).Json.GetProperty("status").GetString() == "degraded");
        Assert.Equal("张三", await NameAsync());
        await RefusedFileTests.AssertRefusedAsync(Adapter, 200, "degraded", "columns");
        lock (outcomes)
        {
            Assert.Contains("columns", outcomes);
        }

        _folder.Replace(DropFolder.Csv([Register.Known with { Name = "张四" }]));
        await UntilAsync(async () => await NameAsync() == "张四");
        Assert.Equal("ready", (await Adapter.GetAsync("/health/ready")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_file_that_is_taken_away_leaves_the_last_one_serving()
    {
        File.Delete(Path.Combine(_folder.Path, DropFolder.File));
        await UntilAsync(async () => (await Adapter.GetAsync("/health/ready")).Json.GetProperty("status").GetString() == "degraded");
        Assert.Equal("张三", await NameAsync());
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_served_when_it_comes()
    {
        var later = Path.Combine(_folder.Path, "later");
        await using var adapter = await _folder.ServeAsync(folder: later);
        Assert.Equal(503, (await adapter.AskAsync(Register.Known.Number, "name")).Status);
        Directory.CreateDirectory(later);
        File.Copy(Path.Combine(_folder.Path, DropFolder.File), Path.Combine(later, DropFolder.File));
        await UntilAsync(async () => (await adapter.AskAsync(Register.Known.Number, "name")).Status == 200, adapter);
    }

    [Fact]
    public async Task While_files_are_replaced_every_answer_is_of_one_file()
    {
        _folder.Replace(DropFolder.Csv([Register.Known with { Name = "零", Address = "零" }]));
        await UntilAsync(async () => await NameAsync() == "零");
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var seen = new List<string>();
            while (!stop.IsCancellationRequested)
            {
                var record = (await Adapter.AskAsync(Register.Known.Number, "name", "address")).Record;
                Assert.Equal(record.GetProperty("name").GetString(), record.GetProperty("address").GetString());
                seen.Add(record.GetProperty("name").GetString()!);
            }

            return seen;
        });
        foreach (var generation in new[] { "一", "二", "三" })
        {
            _folder.Replace(DropFolder.Csv([Register.Known with { Name = generation, Address = generation }]));
            await UntilAsync(async () => await NameAsync() == generation);
        }

        await stop.CancelAsync();
        Assert.NotEmpty(await asking);
    }

    // Files and reports take real time, the adapter's clock takes ours: it is moved on between tries, each of which is a whole question.
    private async Task UntilAsync(Func<Task<bool>> holds, RunningAdapter? adapter = null)
    {
        var patience = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), "It never came to hold.");
            (adapter ?? Adapter).Clock.Advance(TimeSpan.FromMilliseconds(600));
            await Task.Yield();
        }
    }

    private async Task<string?> NameAsync() => (await Adapter.AskAsync(Register.Known.Number, "name")).Record.GetProperty("name").GetString();

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == AdapterHost.MeterName && instrument.Name == "data_exchange.adapter.files")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
