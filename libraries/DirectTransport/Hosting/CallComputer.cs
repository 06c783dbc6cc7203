using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Tensors;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// A device's calls, computed one after another on one thread of their own, so that computing never takes a thread that signs of life or
/// other streams need.
/// </summary>
internal sealed partial class CallComputer : IDisposable
{
    private const int MostQueued = 64;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(1);

    private readonly IExpertDevice _device;
    private readonly HostDescription _host;
    private readonly Action<HostedCall> _done;
    private readonly ILogger _logger;
    private readonly CallQueue _queue = new(MostQueued);
    private readonly AnswerComposer _composer;
    private readonly Thread _thread;
    private float[] _output = [];

    /// <param name="device">The device.</param>
    /// <param name="host">The host.</param>
    /// <param name="done">Takes a call back once it is answered.</param>
    /// <param name="logger">Told of calls that fail.</param>
    public CallComputer(IExpertDevice device, HostDescription host, Action<HostedCall> done, ILogger logger)
    {
        (_device, _host, _done, _logger) = (device, host, done, logger);
        _composer = new AnswerComposer(host, VectorMath.For(VectorWidths.Best));
        _thread = new Thread(Run) { IsBackground = true, Name = $"expert calls {device.Name}" };
        _thread.Start();
    }

    /// <summary>The device.</summary>
    public IExpertDevice Device => _device;

    /// <summary>Accepts a call. False, without effect, when too many wait.</summary>
    public bool TryAccept(HostedCall call) => _queue.TryAdd(call);

    /// <summary>Takes no more calls, and waits for those that were accepted.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
    }

    private void Run()
    {
        while (_queue.Take() is { } call)
        {
            Compute(call);
            _done(call);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a call runs into is its answer; the host lives on.")]
    private void Compute(HostedCall call)
    {
        FrameSender sender = call.Sender!;
        try
        {
            if (call.Frame.Kind == FrameKind.Echo)
            {
                Answer(call, default);
            }
            else if (!sender.IsClosed)
            {
                Forward(call);
            }
        }
        catch (Exception exception)
        {
            LogFailed(exception, _device.Name, call.Frame.Layer);
            string message = $"Device {_device.Name} failed: {exception.Message}";
            Answers.Refuse(sender, call.Frame.Call, _host.Incarnation, CallOutcome.Refused, message, _host.Limits.HiddenSize);
        }
    }

    private void Forward(HostedCall call)
    {
        CallFrame frame = call.Frame;
        Start(call);
        ExpertOutcome outcome = _device.Forward(call.Number, new ExpertWork
        {
            Layer = frame.Layer,
            Input = frame.Input,
            Rows = frame.PairRows,
            Groups = frame.Groups,
            Output = Output(frame).Span,
        });
        CallFigures figures = new(outcome.ComputeUs, outcome.LoadUs, outcome.ColdStarts);
        if (outcome.Kind == ExpertOutcomeKind.Done)
        {
            Answer(call, figures);
            return;
        }

        CallOutcome said = outcome.Kind == ExpertOutcomeKind.TimedOut ? CallOutcome.TimedOut : CallOutcome.Refused;
        Answers.Refuse(call.Sender!, frame.Call, _host.Incarnation, said, Reason(outcome), _host.Limits.HiddenSize, figures);
    }

    /// <summary>
    /// A call wants its experts when its turn has come, and no sooner: one that held them while it waits behind another could keep that one
    /// from its own, and both would wait until the time of the first is over. Its time runs from its acceptance.
    /// </summary>
    private void Start(HostedCall call)
    {
        TimeSpan left = call.Frame.Timeout - Stopwatch.GetElapsedTime(call.AcceptedAt);
        _device.Start(call.Number, call.Frame.Layer, call.Frame.Groups, left > LeastTime ? left : LeastTime);
    }

    private void Answer(HostedCall call, CallFigures figures) =>
        call.Sender!.Send(_composer.Compose(call.Frame, Output(call.Frame), figures));

    private string Reason(ExpertOutcome outcome) => outcome.LimitBytes > 0
        ? $"Device {_device.Name} refuses it: {outcome.Reason}, {outcome.Bytes} bytes needed, {outcome.LimitBytes} to be had."
        : $"Device {_device.Name} refuses it: {outcome.Reason}.";

    private Memory<float> Output(CallFrame frame)
    {
        int values = checked(frame.Pairs * _host.Limits.HiddenSize);
        if (_output.Length < values)
        {
            _output = GC.AllocateUninitializedArray<float>(values);
        }

        return _output.AsMemory(0, values);
    }

    [LoggerMessage(EventIds.ComputeFailed, LogLevel.Error, "Device {Device} failed to compute a call of layer {Layer}")]
    private partial void LogFailed(Exception exception, string device, int layer);
}
