using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Problems;

namespace DataExchange.Enforcement.Batch;

/// <summary>Writes replies as lines, in the order their lines came, and sends what is written before it waits for the next.</summary>
internal static class BatchWriter
{
    // However fast replies come, no more than this waits here for a reader who takes them slowly.
    private const int MaxUnflushed = 64 * 1024;

    public static async Task WriteAsync(PipeWriter output, ChannelReader<Task<BatchReply>> replies, CancellationToken cancellationToken)
    {
        while (await replies.WaitToReadAsync(cancellationToken))
        {
            while (replies.TryRead(out var next))
            {
                var (line, reply) = await next;
                using (reply)
                {
                    Write(output, line, reply);
                }

                if (output.UnflushedBytes > MaxUnflushed || !replies.TryPeek(out var after) || !after.IsCompleted)
                {
                    await output.FlushAsync(cancellationToken);
                }
            }
        }

        await output.FlushAsync(cancellationToken);
    }

    private static void Write(PipeWriter output, int line, Exchanges.ExchangeReply reply)
    {
        if (reply.Answer is { } answer)
        {
            output.Write(answer.Span);
        }
        else
        {
            using var problem = new PooledBuffer(512);
            ProblemWriter.Write(problem, reply.Problem! with { Line = line });
            output.Write(problem.Span);
        }

        output.Write("\n"u8);
    }
}
