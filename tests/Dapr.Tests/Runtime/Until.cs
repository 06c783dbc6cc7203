using System.Diagnostics;

namespace DaprMoE.Dapr.Tests;

/// <summary>Waits for conditions of other processes, with a deadline.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> condition, Func<string> what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task AnswersAsync(HttpClient http, string address, ChildProcess process) => await TrueAsync(
        async () =>
        {
            try
            {
                using HttpResponseMessage response = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        },
        () => $"{address} does not answer.\n{process.Output}");
}
