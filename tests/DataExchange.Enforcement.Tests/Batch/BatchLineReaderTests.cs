using System.IO.Pipelines;
using System.Text;
using CsCheck;
using DataExchange.Enforcement.Batch;
using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Batch;

public sealed class BatchLineReaderTests
{
    private const int MaxLineBytes = 300;

    private static readonly string Good = TestGateway.Body(TestRegion.ZhangSan, "name");

    private static readonly string[] Kinds =
        [Good, "", "  ", "{", Good + "\r", new string('x', MaxLineBytes), new string('x', MaxLineBytes + 1), new string('x', 2000)];

    private static readonly Gen<string> Lines = Gen.Int[0, Kinds.Length - 1].Select(i => Kinds[i]);

    [Fact]
    public void However_the_bytes_arrive_the_lines_are_the_same() =>
        Gen.Select(Lines.Array[0, 12], Gen.Int[1, 700].Array[1, 8], Gen.Bool).Sample((lines, chunks, ends) =>
        {
            var text = string.Join('\n', lines) + (ends && lines.Length > 0 ? "\n" : "");
            var expected = lines
                .Select((line, i) => (Number: i + 1, Text: line))
                .Where(line => line.Text.Trim().Length > 0)
                .Select(line => (line.Number, Code: line.Text.Trim() == Good ? null : line.Text.Length > MaxLineBytes ? "payload-too-large" : "request-malformed"));

            Assert.Equal(expected, ReadAll(Encoding.UTF8.GetBytes(text), chunks).GetAwaiter().GetResult());
        }, iter: 500);

    private static async Task<List<(int Number, string? Code)>> ReadAll(byte[] bytes, int[] chunks)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var reader = new BatchLineReader(pipe.Reader, MaxLineBytes);
        var writing = WriteAsync();
        var read = new List<(int, string?)>();
        while (await reader.ReadAsync(CancellationToken.None) is { } line)
        {
            read.Add((line.Number, line.Reading.Problem?.Code));
        }

        await writing;
        return read;

        async Task WriteAsync()
        {
            for (int at = 0, i = 0; at < bytes.Length; i++)
            {
                var length = Math.Min(chunks[i % chunks.Length], bytes.Length - at);
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, length));
                await Task.Yield();
                at += length;
            }

            await pipe.Writer.CompleteAsync();
        }
    }
}
