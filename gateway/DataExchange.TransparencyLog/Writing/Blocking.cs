using System.Diagnostics.CodeAnalysis;

namespace DataExchange.TransparencyLog.Writing;

/// <summary>Waits for a store from a thread that belongs to one log and has nothing else to do. Embedded stores have completed already.</summary>
[SuppressMessage("Reliability", "CA2012", Justification = "Each task is consumed once: either completed already, or as a Task.")]
internal static class Blocking
{
    public static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    public static void Wait(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
