namespace DataExchange.Cli.Tests.Verify;

/// <summary>The vectors of <c>contracts/vectors</c> are a second opinion only as long as nobody mends them by hand.</summary>
public class KnownAnswersTests
{
    [Fact]
    public async Task Known_answers_are_what_the_second_implementation_makes_again()
    {
        var vectors = Path.Combine(AppContext.BaseDirectory, "vectors");
        var folder = Directory.CreateTempSubdirectory("vectors-").FullName;
        try
        {
            var leaves = Directory.CreateDirectory(Path.Combine(folder, "leaf")).FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(vectors, "leaf")))
            {
                File.Copy(file, Path.Combine(leaves, Path.GetFileName(file)));
            }

            var run = await PythonVerifier.ScriptAsync("make_vectors.py", folder);
            Assert.True(run.ExitCode == 0, run.Error);
            var made = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(made);
            foreach (var file in made)
            {
                var known = await File.ReadAllBytesAsync(Path.Combine(vectors, file), TestContext.Current.CancellationToken);
                var again = await File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);
                Assert.True(known.SequenceEqual(again), $"{file} is not what tests/verifier/make_vectors.py makes: run it again, and look at what changed.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
