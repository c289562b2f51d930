using System.Buffers;
using System.IO.Pipelines;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Requests;

namespace DataExchange.Enforcement.Batch;

/// <summary>Takes NDJSON apart as it arrives: one query a line, lines end in LF, blank lines count but ask nothing. A line beyond the limit is skipped, not kept.</summary>
internal sealed class BatchLineReader(PipeReader body, int maxLineBytes)
{
    private int _number;
    private bool _skipping;

    /// <summary>The next line that asks something; null at the end.</summary>
    public async ValueTask<BatchLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryTake(ref buffer, result.IsCompleted, out var line))
            {
                body.AdvanceTo(buffer.Start);
                if (line is not null)
                {
                    return line;
                }

                continue;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Takes a line off the buffer. False when more bytes are needed; true with null for a line that asks nothing.</summary>
    private bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out BatchLine? line)
    {
        line = null;
        if (buffer.IsEmpty && !(isLast && _skipping))
        {
            return false;
        }

        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = Finish(buffer.Slice(0, end));
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        if (isLast)
        {
            line = Finish(buffer);
            buffer = buffer.Slice(buffer.End);
            return true;
        }

        if (buffer.Length > maxLineBytes)
        {
            _skipping = true;
            buffer = buffer.Slice(buffer.End);
            return true;
        }

        return false;
    }

    private BatchLine? Finish(in ReadOnlySequence<byte> bytes)
    {
        _number++;
        var tooLong = _skipping || bytes.Length > maxLineBytes;
        _skipping = false;
        return tooLong ? new BatchLine(_number, RequestReading.Refused(ProblemSlugs.PayloadTooLarge, $"A line has at most {maxLineBytes} bytes."))
            : IsBlank(bytes) ? null
            : new BatchLine(_number, QueryBody.Parse(bytes));
    }

    private static bool IsBlank(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
